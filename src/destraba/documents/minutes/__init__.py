"""The minutes of a meeting, acuerdos and actas alike: one content, as PDF and as DOCX."""
