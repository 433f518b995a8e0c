/**
 * Asking a person to log in: whether one can be reached, and what reaches them.
 */
@NullMarked
package io.flyteconnect.oauth2.person;

import org.jspecify.annotations.NullMarked;
