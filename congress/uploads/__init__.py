"""Files that people hand in: told by their content, checked, pictures re-encoded. Django-free.

`clean_upload(data, filename)` in `clean` is the door for attachments, `sniff` in `kinds` only tells what a file is.
"""
