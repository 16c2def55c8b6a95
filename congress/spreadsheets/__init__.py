"""One way in and out for tables: read → mapping → cells → preview, and write. Django-free.

read      xlsx, xls, csv or pasted text to plain rows, behind limits
mapping   find the header row and say which column is which
cells     one cell to a value or a plain sentence about what is wrong
preview   what an import would do: every row as new, changed, unchanged, duplicate or wrong
build     the preview of the tables that were found
marks     errors and months that the parser of workbooks drops
write     xlsx and csv out, template and error workbook
"""
