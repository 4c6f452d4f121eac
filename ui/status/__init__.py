"""How the desk stands: the time, its printer, and the centre. Shown beside the paper, or at the rail's foot."""
