"""What makes a page: frame, lists, forms, navigation, what waits, how it looks, attachments."""
