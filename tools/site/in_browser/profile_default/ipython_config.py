c = get_config()  # noqa: F821  # from traitlets, which reads this file
c.InteractiveShellApp.extensions = ["in_browser"]
