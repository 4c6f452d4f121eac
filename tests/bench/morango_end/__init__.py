"""A small Django project whose one table Morango carries from one database to another; run by a Python of its own."""
