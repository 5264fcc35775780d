"""Problems before anybody works on them: raised, sorted as the method asks, ranked."""
