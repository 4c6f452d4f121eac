"""The pages of those who look after the centre: thin; what they do is done in the acts of app.central."""
