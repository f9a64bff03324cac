"""Lesson 11, the Pearl River Delta: what figures say, what is claimed, and a simulated delta."""
