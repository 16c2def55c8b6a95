"""What goes on without anybody looking: jobs, reminders, messages on their way, periodic tasks."""
