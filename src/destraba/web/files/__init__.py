"""Stored files, and how any file leaves the house."""
