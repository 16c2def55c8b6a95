"""Views of the kernel."""
