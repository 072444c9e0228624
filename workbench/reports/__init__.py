"""What others read: privacy gate, charts and accessible pages."""
