"""What one works with in JupyterLab: the coder."""
