"""kg.text"""
