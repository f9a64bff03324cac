"""JupyterLab on this computer: a server of the course's own, a kernel's environment, a browser."""
