"""What leaves the house of a Matrix: flat rows under headings, as a workbook, CSV or JSON."""
