"""The lists of the app, column by column: on the screen, on paper and in the workbook."""
