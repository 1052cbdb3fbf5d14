"""kg.view"""
