"""Lesson 01: measuring regions."""
