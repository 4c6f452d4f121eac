"""What the program brings along: its words, fonts, icons and the sample office."""
