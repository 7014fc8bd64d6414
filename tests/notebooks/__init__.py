"""The notebooks: made from their scripts, run from top to bottom, and looked over for pictures and complaints."""
