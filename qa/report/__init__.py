"""Aggregation, MQM scores, exports, charts."""
