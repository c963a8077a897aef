import './notices.ts';
import './notices.css';
