"""The second person's word, given in place: nobody is signed out, nothing typed beneath is lost."""
