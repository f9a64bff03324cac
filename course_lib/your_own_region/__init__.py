"""Optional lesson 13: the labs of the course on a region of one's own."""
