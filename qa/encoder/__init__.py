"""The bundled multilingual transformer and the universal sentence encoder."""
