"""inference.sh in front of the sandbox's own HeyGen: apps, tasks, files and sessions."""
