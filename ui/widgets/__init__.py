"""Controls that paint themselves. Each subclasses the real Qt control, so its role, name and keys stay."""
