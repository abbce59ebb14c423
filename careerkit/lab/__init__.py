"""JupyterLab and the app view: how they are started, the kernels they use, and our extension to them."""
