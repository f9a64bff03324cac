"""Lesson 08: innovation and synergy."""
