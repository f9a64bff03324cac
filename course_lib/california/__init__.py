"""Lesson 10, California: four economic regions in official figures of employment."""
