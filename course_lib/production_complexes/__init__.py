"""Regional production complexes (lesson 06): plants planned as a whole around a core."""
