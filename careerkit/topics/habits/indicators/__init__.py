"""The indicators behind the habits' index, a module for each habit."""
