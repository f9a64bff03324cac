"""The course as a web page: JupyterLite with Pyodide, where nothing is installed or computed elsewhere."""
