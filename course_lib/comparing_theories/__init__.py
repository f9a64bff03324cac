"""Lesson 09: four theories of regional development as four uses of one budget in one economy."""
