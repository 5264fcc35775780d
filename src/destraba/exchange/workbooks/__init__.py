"""The safe reading of any workbook, whatever it means (trust.md, "Input from outside")."""
