"""One way in and out for tables: read → mapping → checks → preview, and write. Django-free.

read      xlsx, xls, csv or pasted text to plain rows, behind limits
mapping   find the header row and say which column is which
checks    one cell to a value or a plain sentence about what is wrong
preview   every row as new, changed, unchanged, duplicate or wrong
write     xlsx and csv out, template and error workbook
"""
