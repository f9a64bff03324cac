"""The teacher's side of graded sets: a class folder, from release to marks (extra `grading`)."""
