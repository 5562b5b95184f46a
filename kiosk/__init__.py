"""The visitor's screen: agency, service, ticket."""
