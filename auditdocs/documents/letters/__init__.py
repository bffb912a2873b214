"""Letters: Word templates built by code, edited by the service, filled behind the fence."""
