"""Tests of the window: presenters without Qt, pages with real keys on a real desk."""
