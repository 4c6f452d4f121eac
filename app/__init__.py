"""What people do at the desk. Complete without a window; no Qt in here."""
