error-required = This is needed
