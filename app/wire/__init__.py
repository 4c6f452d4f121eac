"""What travels between a desk and its centre. It knows neither of them."""
