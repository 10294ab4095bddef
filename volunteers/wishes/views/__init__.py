"""The wall of wishes, and the desk of those who look after them."""
