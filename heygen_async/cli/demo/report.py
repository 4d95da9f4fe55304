def write_report(made, path): path.write_text("")
