"""Behind a mailed link: one page for one person, without an account."""
