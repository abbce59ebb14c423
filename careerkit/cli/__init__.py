"""The command line: words in, Workbook calls, sentences out."""
