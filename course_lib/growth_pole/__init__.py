"""Growth poles (lesson 05): an industry that pulls others along, and who around it gains or loses."""
