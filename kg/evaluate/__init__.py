"""kg.evaluate"""
