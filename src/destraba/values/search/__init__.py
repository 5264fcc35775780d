"""Words as search knows them: what is kept of a text, what was asked, and what of it is shown."""
