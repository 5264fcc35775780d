"""One file that holds an installation: written, checked, and put into an empty one."""
