"""Official documents: line breaking, typesetting to PDF and checking of the result against GB/T 9704-2012."""
