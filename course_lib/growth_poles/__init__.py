"""Growth poles (lesson 05): an industry that pulls, and who around it gains or loses."""
