"""The course as a web page: nothing is installed, and no server computes anything."""
